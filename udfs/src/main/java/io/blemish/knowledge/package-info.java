/**
 * What CLIP may see on a photograph, and what its choice means: plain Java, no Spark and no model.
 *
 * <p>A {@link io.blemish.knowledge.KnowledgeBase} lists sound states and defects, each with the prompts that describe
 * it. It is read from YAML, or from a plain list of prompts, with every mistake refused by file and line; its
 * identity is the hash of its content. {@code conf/knowledge/fruit.yaml} is the place to learn the format.
 *
 * <p>The text tower turns {@link io.blemish.knowledge.KnowledgeBase#promptTexts()} into one embedding a description,
 * the vision tower scores each image against them, and {@link io.blemish.knowledge.Labeller} turns those cosines, one
 * {@code float} a description in [−1, 1], into a {@link io.blemish.knowledge.Label}: defective or sound, the defect
 * and its severity, the margin, the top k, and a sentence. The formulas stand in {@code Labeller}; the sentence is
 * built by {@code SentenceComposer}, or, for comparison, as CLIPCap-XAI builds its captions.
 *
 * <p>Zero-shot classification by prompts, averaged over templates: Radford et al., <em>Learning Transferable Visual
 * Models From Natural Language Supervision</em>, 2021, section 3.1. Normal and anomalous states as prompt families:
 * Jeong et al., <em>WinCLIP</em>, 2023.
 *
 * <p>Verdict rules are kept here as text; {@code io.blemish.udfs.VerdictRules} checks and runs them.
 */
package io.blemish.knowledge;
