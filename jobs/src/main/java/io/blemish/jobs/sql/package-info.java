/**
 * How the answer to a query is shown and exported: {@link io.blemish.jobs.sql.AnswerTable} for people, {@link
 * io.blemish.jobs.sql.AnswerExport} for programs. Rows stream: no export holds them all.
 */
package io.blemish.jobs.sql;
