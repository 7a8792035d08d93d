package io.blemish.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.error.UserException;
import io.blemish.lm.OptConfig.SpecialTokens;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestOptConfig {
    private static final Path FILE = Path.of("checkpoint", "config.json");

    @Test
    void whatIsOmittedIsOpt125m() {
        assertThat(read("{}"))
                .isEqualTo(new OptConfig(
                        768, 12, 12, 3072, NormPlace.BEFORE, 768, 50272, 2048, new SpecialTokens(2, 2, 1)));
    }

    /** OPT-350m's file, as published, with what matters. */
    @Test
    void opt350mNormalisesAfterwards() {
        OptConfig config = read("""
            {"model_type": "opt", "do_layer_norm_before": false, "hidden_size": 1024, "num_hidden_layers": 24,
             "num_attention_heads": 16, "ffn_dim": 4096, "word_embed_proj_dim": 512, "_remove_final_layer_norm": false}\
            """);
        assertThat(config)
                .isEqualTo(new OptConfig(1024, 24, 16, 4096, NormPlace.AFTER, 512, 50272, 2048, SpecialTokens.OF_OPT));
        assertThat(config.projected()).isTrue();
        assertThat(config.norm().last()).isFalse();
    }

    @Test
    void everyKeyIsRead() {
        assertThat(read("""
            {"hidden_size": 64, "num_hidden_layers": 3, "num_attention_heads": 4, "ffn_dim": 128, "vocab_size": 300,
             "max_position_embeddings": 96, "word_embed_proj_dim": 32, "_remove_final_layer_norm": true,
             "bos_token_id": 5, "eos_token_id": 6, "pad_token_id": 7, "activation_function": "relu"}\
            """))
                .isEqualTo(new OptConfig(
                        64, 3, 4, 128, NormPlace.BEFORE_NOT_LAST, 32, 300, 96, new SpecialTokens(5, 6, 7)));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        for (NormPlace norm : NormPlace.values()) {
            OptConfig config = new OptConfig(64, 3, 4, 128, norm, 32, 300, 96, new SpecialTokens(5, 6, 7));
            assertThat(OptConfig.read(FILE, config.json("float16"))).isEqualTo(config);
            assertThat(config.json("float16").get("torch_dtype").asText()).isEqualTo("float16");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'model_type': 'gpt2'}|model_type is \"gpt2\" and only \"opt\" is supported",
                "{'activation_function': 'gelu'}|activation_function is \"gelu\"",
                "{'enable_bias': false}|enable_bias is false and only true is supported",
                "{'layer_norm_elementwise_affine': false}|layer_norm_elementwise_affine is false",
                "{'tie_word_embeddings': false}|tie_word_embeddings is false",
                "{'do_layer_norm_before': 1}|do_layer_norm_before is 1 and it is neither true nor false",
                "{'hidden_size': 0}|hidden_size is 0",
                "{'num_attention_heads': 7}|7 heads do not divide a width of 768",
                "{'num_hidden_layers': 1001}|1001 layers are more than the 1000",
                "{'max_position_embeddings': 1}|a context of 1 tokens is shorter than 2",
                "{'vocab_size': 2}|token 2 is outside a vocabulary of 2",
                "{'eos_token_id': [2, 50118]}|eos_token_id is [2,50118] and it is not a token id"
            })
    void anotherArchitectureIsRefused(String json, String cause) {
        assertThatThrownBy(() -> read(json.replace('\'', '"')))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot use " + FILE + " as OPT's configuration: ")
                .hasMessageContaining(cause)
                .message()
                .doesNotContain("\n");
    }

    private static OptConfig read(String json) {
        try {
            return OptConfig.read(FILE, new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
