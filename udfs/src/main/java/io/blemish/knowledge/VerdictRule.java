package io.blemish.knowledge;

/**
 * What to do with a product whose inspection meets a condition.
 *
 * @param verdict the verdict when the condition is true, for example {@code reject}
 * @param when a boolean SQL expression over the inspection row, checked by {@code io.blemish.udfs.VerdictRules}
 * @param origin where the rule stands, for messages: {@code fruit.yaml, line 83}
 */
public record VerdictRule(String verdict, String when, String origin) {}
