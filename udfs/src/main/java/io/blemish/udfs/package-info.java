/**
 * The work of Spark's tasks: functions over partitions, and columns made of a knowledge base's rules. Nothing here
 * opens a session or knows a warehouse.
 *
 * <p>{@link io.blemish.udfs.Inspector} is the one operator of the main job, photographs in and
 * {@link io.blemish.udfs.InspectionSchema#OUTPUT rows} out. Read it in this order:
 *
 * <ol>
 *   <li>{@link io.blemish.udfs.Inspector} travels to the tasks with the broadcast model and
 *       {@link io.blemish.udfs.InspectorSettings}, and puts the following together in each.
 *   <li>{@code InspectionIterator} asks for one batch after the other, as rows are asked of it.
 *   <li>{@code BatchInspector} fills a batch with crops, has the model run once, and makes a row of each image; an
 *       image that fails leaves a hole that shifts nobody.
 *   <li>{@code PhotographCrops} reads ({@link io.blemish.udfs.PhotographReader}), decodes and crops one photograph.
 *   <li>{@code VisionModel} runs the shared vision tower under a permit for the device.
 *   <li>{@code InspectionRows} labels what the model found.
 *   <li>{@link io.blemish.udfs.InspectorMeasures} carries times and counts back to the driver.
 * </ol>
 *
 * <p>{@link io.blemish.udfs.VerdictRules} turns the rules of a knowledge base into a column for the {@code select} that
 * follows, and {@link io.blemish.udfs.RowCondition} does the same for a condition from the command line. {@link
 * io.blemish.udfs.TileDrawer} draws heat maps over their photographs.
 *
 * <p>{@link io.blemish.udfs.Relabeller} labels stored embeddings, without photographs: {@link io.blemish.udfs.EmbeddingLabeller} scores a
 * batch, {@code RelabelledRows} makes its rows.
 *
 * <p>For evaluations, {@link io.blemish.udfs.MapScorer} holds stored heat maps against masks, {@link
 * io.blemish.udfs.DefectiveProbability} scores stored embeddings, and {@link io.blemish.udfs.Explainer} asks the model
 * for maps, or insertion and deletion curves, of descriptions that it did not choose itself.
 *
 * <p>{@link io.blemish.udfs.SqlFunctions} adds functions to SQL: cosines of embeddings and of texts, heat maps. Each is a
 * class over Spark's own form of values, which a session knows by a name, or by the class's own.
 */
package io.blemish.udfs;
