/** Which encoder, captioner and knowledge base count: what was promoted, and what could be. */
package io.blemish.jobs.release;
