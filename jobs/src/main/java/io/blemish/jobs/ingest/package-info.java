/**
 * The parts of {@code ingest}: how files become rows.
 *
 * <p>{@link io.blemish.jobs.ingest.Source} looks up what was named, {@link io.blemish.jobs.ingest.Listing} lists it in
 * tasks, or {@link io.blemish.jobs.ingest.Manifest} reads a {@link io.blemish.jobs.ingest.ListFile} instead; both give
 * {@link io.blemish.jobs.ingest.Candidates}. {@link io.blemish.jobs.ingest.Layout} takes metadata from paths.
 * {@link io.blemish.jobs.ingest.Examiner} reads and decodes each file and turns candidates into
 * {@link io.blemish.jobs.ingest.Facts}; {@link io.blemish.jobs.ingest.ImageRows} adds the bytes of those that are new.
 * {@code io.blemish.jobs.Ingest} puts them in order and commits.
 *
 * <p>A file that gives no image is data, a row with a code and a reason. A path, a layout or a manifest that cannot be
 * used is a {@link io.blemish.error.UserException}.
 */
package io.blemish.jobs.ingest;
