package io.blemish.jobs.maintain;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.error.InternalException;
import io.blemish.tables.TableDefinition;
import io.blemish.tables.Warehouse;
import io.delta.tables.DeltaOptimizeBuilder;
import io.delta.tables.DeltaTable;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * How the rows of a table lie in its files, and how they should: see {@link TableDefinition.Layout}.
 *
 * <p>Clustering is along a Z-order curve (<a href="https://docs.delta.io/latest/optimizations-oss.html">Delta's OPTIMIZE … ZORDER BY</a>),
 * which asks nothing new of readers; Delta's liquid clustering would raise the table's protocol. It reads and writes the whole table, so it
 * waits until enough has been appended since the last time.
 */
public final class FileLayout {
    private static final String OPTIMIZE = "OPTIMIZE";

    private final Warehouse warehouse;
    private final TableDefinition table;
    private final Settings settings;

    /** The files of a table that is there. */
    public FileLayout(Warehouse warehouse, TableDefinition table, Settings settings) {
        this.warehouse = warehouse;
        this.table = table;
        this.settings = settings;
    }

    /**
     * How files are written.
     *
     * @param fileBytes how large, about
     * @param recluster the share of a clustered table's bytes that must be new for it to be clustered again, 0 to 1
     */
    public record Settings(long fileBytes, double recluster) {}

    /**
     * What there is.
     *
     * @param files data files of the current version
     * @param bytes of these files
     */
    public record Extent(long files, long bytes) {}

    /** What there is now. */
    public Extent extent() {
        Row detail = DeltaTable.forPath(warehouse.spark(), warehouse.path(table))
                .detail()
                .select("numFiles", "sizeInBytes")
                .first();
        return new Extent(detail.getLong(0), detail.getLong(1));
    }

    /** True when {@link #optimize} may write something. */
    public boolean isDue() {
        Extent extent = extent();
        return switch (table.layout().kind()) {
            case AS_WRITTEN -> false;
            case COMPACTED -> extent.files() > 1;
            case CLUSTERED -> extent.files() > 1 && isEnough(unclusteredBytes(extent), extent);
        };
    }

    private boolean isEnough(long unclustered, Extent extent) {
        return unclustered > 0 && unclustered >= settings.recluster() * extent.bytes();
    }

    /** Lays the files out anew if that is due; one commit, that changes no row. */
    public void optimize(String runId) {
        if (!isDue()) {
            return;
        }
        String bytes = Long.toString(settings.fileBytes());
        DeltaOptimizeBuilder builder = warehouse
                .change(
                        table,
                        runId,
                        Map.of(
                                "spark.databricks.delta.optimize.maxFileSize", bytes,
                                "spark.databricks.delta.optimize.minFileSize", bytes,
                                // One group of rows a file: what a query reads of a column lies together.
                                "parquet.block.size", bytes))
                .optimize();
        if (table.layout().kind() == TableDefinition.Layout.Kind.CLUSTERED) {
            builder.executeZOrderBy(table.layout().columns().toArray(new String[0]));
        } else {
            builder.executeCompaction();
        }
    }

    /** Bytes that were appended since the table was last clustered as it should be; all, where the log does not tell. */
    private long unclusteredBytes(Extent extent) {
        OptionalLong last = lastClustered();
        return last.isEmpty() ? extent.bytes() : appendedSince(last.getAsLong());
    }

    private OptionalLong lastClustered() {
        String wanted;
        try {
            wanted = new ObjectMapper().writeValueAsString(table.layout().columns());
        } catch (JsonProcessingException e) {
            throw new InternalException("The columns of " + table.name() + " have no JSON form", e);
        }
        List<Row> clusterings = DeltaTable.forPath(warehouse.spark(), warehouse.path(table))
                .history()
                .where(col("operation")
                        .equalTo(OPTIMIZE)
                        .and(col("operationParameters").getItem("zOrderBy").equalTo(wanted)))
                .select("version")
                .collectAsList();
        return clusterings.stream().mapToLong(row -> row.getLong(0)).max();
    }

    private long appendedSince(long version) {
        long bytes = 0;
        DeltaLog log = DeltaLog.forTable(warehouse.spark(), warehouse.path(table));
        long latest = warehouse.version(table);
        var changes = CollectionConverters.asJava(log.getChanges(version + 1, latest, Option.empty(), false));
        while (changes.hasNext()) {
            for (Action action : CollectionConverters.asJava(changes.next()._2())) {
                if (action instanceof AddFile file && file.dataChange()) {
                    bytes += file.size();
                }
            }
        }
        return bytes;
    }
}
