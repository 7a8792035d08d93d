package io.blemish.udfs;

import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;

/**
 * A function of a row's values, over Spark's own form of them: arrays of numbers are never boxed. Equal calls are found to
 * be equal, so that Spark computes them once.
 *
 * @param <R> the result in Spark's own form
 */
abstract class SqlFunction<R> implements ScalarFunction<R> {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String settings;
    private final DataType resultType;
    private final DataType[] inputTypes;

    /**
     * A function.
     *
     * @param settings what its results depend on besides its arguments
     */
    SqlFunction(String name, String settings, DataType resultType, DataType... inputTypes) {
        this.name = name;
        this.settings = settings;
        this.resultType = resultType;
        this.inputTypes = inputTypes;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String canonicalName() {
        return "blemish." + name + "(" + settings + ")";
    }

    @Override
    public final DataType[] inputTypes() {
        return inputTypes.clone();
    }

    @Override
    public final DataType resultType() {
        return resultType;
    }

    /** By name and settings. */
    @Override
    public final boolean equals(Object other) {
        return other instanceof SqlFunction<?> function && canonicalName().equals(function.canonicalName());
    }

    @Override
    public final int hashCode() {
        return canonicalName().hashCode();
    }
}
