/**
 * The command {@code doctor}: {@link io.blemish.jobs.doctor.Doctor} looks, a {@link io.blemish.jobs.doctor.Finding} is what it sees.
 */
package io.blemish.jobs.doctor;
