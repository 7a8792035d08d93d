/**
 * The parts of maintenance: {@link io.blemish.jobs.maintain.FileLayout} puts small files together and clusters rows,
 * {@link io.blemish.jobs.maintain.OldFiles} deletes what no version needs any more, {@link io.blemish.jobs.maintain.Checks} asks whether the
 * tables hold what they promise.
 */
package io.blemish.jobs.maintain;
