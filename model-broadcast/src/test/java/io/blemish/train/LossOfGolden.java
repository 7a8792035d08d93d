package io.blemish.train;

import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.Tensor;
import io.blemish.lm.Opt;
import io.blemish.lm.OptGolden;
import java.util.Arrays;
import java.util.List;

/** The padded texts of a golden checkpoint as a batch, and a trainer that starts from its weights. */
final class LossOfGolden {
    private static final long PAD = 1;

    private LossOfGolden() {}

    static LmTrainer trainer(Opt opt, DType dtype, int blocks) {
        List<Tensor> start =
                opt.weights().script().stream().map(tensor -> tensor.as(dtype)).toList();
        TextData none = new TextData(List.of(), List.of(), 0, 0, 0, "");
        return new LmTrainer(opt.config(), start, none, new LmTraining(4, 12, 1, 0.1, blocks));
    }

    static TextBatches.Batch batch(OptGolden golden) {
        List<TextData.Window> windows = Arrays.stream(golden.ids("padded_ids"))
                .map(text -> new TextData.Window(Arrays.stream(text)
                        .filter(id -> id != PAD)
                        .mapToInt(Math::toIntExact)
                        .toArray()))
                .toList();
        return new TextBatches(windows, windows.size(), 1, PAD).plain().get(0);
    }
}
