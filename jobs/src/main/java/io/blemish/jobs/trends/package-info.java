/** From inspections to series of days, by Spark; what is made of a series is {@link io.blemish.trends}. */
package io.blemish.jobs.trends;
