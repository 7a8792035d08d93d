/**
 * The static report: questions to the warehouse, plain values, and a page made of them.
 *
 * <ol>
 *   <li>{@link io.blemish.jobs.report.Subjects} finds the encoder and the knowledge base whose inspections are meant.
 *   <li>{@link io.blemish.jobs.report.Survey} asks the warehouse: counts along every dimension ({@code Cells}), and the
 *       photographs of the gallery ({@code GalleryQuery}, {@code Gallery}, {@code GalleryPictures}).
 *   <li>{@link io.blemish.jobs.report.Findings} holds the answers.
 *   <li>{@link io.blemish.jobs.report.Page} makes the page of them, one class a section. {@code Html} is the only way to
 *       markup: it escapes every text, and refuses to lead out of the page.
 * </ol>
 */
package io.blemish.jobs.report;
