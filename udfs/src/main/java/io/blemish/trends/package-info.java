/**
 * Does a defect become more frequent? Statistics of one series of days, and of all series of a day; plain Java.
 *
 * <p>A day of a series has n inspected images, of which x have the defect: the rate x / n, with Wilson's interval.
 * Days are gathered in two windows of calendar days. The <em>recent window</em> is the day and those just before it; the
 * <em>baseline window</em> lies just before the recent window, so that what is new is not yet part of what it is
 * compared with. Everything that is said of a day depends on these two windows alone: it comes out the same whether one
 * day is computed or all are, and a late image changes no earlier day.
 *
 * <ul>
 *   <li>The p-chart's limits for the day's rate: baseline ± 3 √(baseline (1 − baseline) / n), n that of the day.
 *       Montgomery, Introduction to Statistical Quality Control, 7th ed., 7.3.2 (variable sample size).
 *   <li>The exponentially weighted moving average of the rates, e = λ rate + (1 − λ) e, from the baseline at the
 *       beginning of the recent window on, and its limits, baseline ± 3 standard deviations of e. Roberts, Control chart
 *       tests based on geometric moving averages, Technometrics 1 (1959); Montgomery, 9.2.
 *   <li>The signal: recent and baseline rate are compared by Fisher's exact test with mid-p, two-sided (Lancaster,
 *       Significance tests in discrete distributions, JASA 56 (1961)): unlike the limits of charts it holds at
 *       counts of a few, and takes into account that the baseline is estimated too. Of all series of the day, those whose
 *       p-value, adjusted as Benjamini and Hochberg do (Controlling the false discovery rate, JRSS B 57 (1995)), is at
 *       most the false discovery rate rise or fall. Series with too few defects in both windows together are not
 *       tested; as the test is conditional on that number, leaving them out does not bend the others' p-values
 *       (Bourgon, Gentleman and Huber, Independent filtering, PNAS 107 (2010)).
 *   <li>z of two proportions with pooled variance, for the eye and for ranking.
 * </ul>
 */
package io.blemish.trends;
