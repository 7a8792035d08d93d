/**
 * What is scheduled: one class a job, the command line in front of them, and what all jobs share.
 *
 * <p>{@link io.blemish.jobs.Cli} reads the command, {@link io.blemish.jobs.JobCommand} makes the
 * {@link io.blemish.jobs.Configuration} and the session ({@link io.blemish.jobs.SparkSessions}),
 * {@link io.blemish.jobs.WarehouseCommand} checks and locks the warehouse, and {@link io.blemish.jobs.JobRun} records
 * the run in {@code runs}, beats while it lasts and shows its {@link io.blemish.jobs.Progress}. A job such as
 * {@link io.blemish.jobs.Ingest} returns a result with its counts; a {@link io.blemish.jobs.Summary} tells them.
 *
 * <p>How rows get in: {@link io.blemish.jobs.NumberedAppends} for a job that runs now and then,
 * {@link io.blemish.jobs.Claim} for one that works in chunks for hours. Both are fenced by the tables' own logs, and
 * both ask the log what became of an append.
 *
 * <p>The user's mistakes are {@link io.blemish.error.UserException}: one line, exit code 2. Everything else that ends a
 * job is a fault, exit code 1. The codes are in {@link io.blemish.jobs.ExitCode}.
 */
package io.blemish.jobs;
