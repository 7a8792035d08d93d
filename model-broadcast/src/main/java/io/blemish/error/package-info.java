/**
 * The two kinds of failure that Blemish tells apart.
 *
 * <p>{@link io.blemish.error.UserException} is the user's mistake: one line that names the refused act, its cause and the cure.
 * {@link io.blemish.error.InternalException} is ours. A bad image is neither: it is data, and becomes a row with a reason
 * ({@code io.blemish.image}).
 */
package io.blemish.error;
