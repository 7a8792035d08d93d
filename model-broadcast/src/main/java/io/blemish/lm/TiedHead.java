package io.blemish.lm;

import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import io.blemish.error.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A head that shares its weights with the embeddings of tokens: a checkpoint may store either, or both.
 *
 * @param head the head's name
 * @param embedding the embeddings' name
 * @param model with its article, for messages
 */
record TiedHead(String head, String embedding, String model) {
    /** The tensors with the embeddings alone. */
    StateDict single(StateDict tensors, Path file) {
        if (!tensors.contains(head)) {
            return tensors;
        }

        List<Tensor> single = new ArrayList<>();
        tensors.filtered(name -> !name.equals(head)).forEach(single::add);
        Tensor stored = tensors.tensor(head);
        if (!tensors.contains(embedding)) {
            single.add(stored.named(embedding));
        } else if (!stored.data().equals(tensors.tensor(embedding).data())) {
            throw UserException.cannot(
                    "use the weights of " + file,
                    head + " differs from " + embedding + ", which " + model + " shares",
                    "Name a folder with " + model + " checkpoint");
        }
        return StateDict.of(single);
    }
}
