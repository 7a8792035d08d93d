/**
 * The tables of a warehouse: names, columns with their meaning, Delta properties, and where they lie.
 *
 * <p>{@link io.blemish.tables.TableDefinition} describes a table; one class for each table holds its definition, such
 * as {@link io.blemish.tables.FilesTable}. {@link io.blemish.tables.Warehouse} creates, checks, reads and appends; a
 * {@link io.blemish.tables.WarehouseLock} keeps a second driver off a local disk. {@link io.blemish.tables.Views} gives
 * the tables their names in SQL.
 *
 * <p>All tables are append-only, every append carries the run's id as user metadata, and timestamps are UTC. Anything
 * that a user named wrongly (a folder that is no Delta table, a table with other columns) is a
 * {@link io.blemish.error.UserException}.
 */
package io.blemish.tables;
