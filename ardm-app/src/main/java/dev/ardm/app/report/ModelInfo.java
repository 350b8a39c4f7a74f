package dev.ardm.app.report;

import dev.ardm.app.Text;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.plan.CallCurve;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelParts;
import dev.ardm.core.pair.PairModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** What a model file is, for people. */
public record ModelInfo(Path file, Model model) {
    /** Prints it. */
    public void print(PrintWriter out) throws IOException {
        out.println(file + ": a model of " + model.space() + ", " + Text.count(Files.size(file), "byte"));
        if (model instanceof PairModel pair) {
            part(out, "stores", pair.storing());
            part(out, "fills", pair.filling());
        } else {
            part(out, "model", model);
        }
        model.provenance().forEach((name, value) -> out.println(name + ": " + Text.printable(value)));
    }

    private void part(PrintWriter out, String what, Model part) throws IOException {
        out.println(String.format(
                Locale.ROOT,
                "%-7s %s, family %s, %s",
                what,
                part.idText(),
                part.family().kind(),
                Text.count(ModelParts.size(file, part.idText()), "byte")));
        Optional<CallCurve> curve = part instanceof MaskingModel masking ? masking.scheduleCosts() : Optional.empty();
        if (curve.isPresent()) {
            print(out, curve.get());
        }
    }

    private static void print(PrintWriter out, CallCurve curve) {
        curve.bits()
                .forEach((calls, bits) -> out.println(String.format(
                        Locale.ROOT,
                        "        %4d calls %.4f bits/dim%s",
                        calls,
                        bits,
                        curve.usualCalls().equals(OptionalInt.of(calls)) ? ", the default" : "")));
        out.println(String.format(Locale.ROOT, "         all calls %.4f bits/dim, extrapolated", curve.full()));
    }
}
