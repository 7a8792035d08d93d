/**
 * What the driver of {@link io.blemish.jobs.Relabel} does before and after its chunks.
 *
 * <ol>
 *   <li>{@link io.blemish.jobs.relabel.StoredEmbeddings}: which stored inspections it starts from, one row an image.
 *   <li>{@link io.blemish.jobs.relabel.Changes}: what the new knowledge base says otherwise than the one before.
 * </ol>
 */
package io.blemish.jobs.relabel;
