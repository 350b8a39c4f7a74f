package dev.ardm.core.counts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.decision.StackWriter;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrimerTest {
    private static List<int[]> items() {
        Random random = new Random(5);
        List<int[]> items = new ArrayList<>();
        for (int k = 0; k < 300; k++) {
            String text = "{\"id\":" + random.nextInt(10_000) + ",\"name\":\"n" + random.nextInt(9) + "\",\"ok\":"
                    + random.nextBoolean() + "}";
            items.add(text.chars().toArray());
        }
        items.add(new int[0]);
        items.add(new int[] {255, 0, 128});
        return items;
    }

    @Test
    void givesBackItemsAndWhatWasLearnt() throws Exception {
        Learnt learnt = new Learnt();
        byte[] primer = Primer.encode(items(), learnt);
        assertThat(primer.length).isLessThan(1_500); // The items have 9,600 bytes.
        Learnt decoded = Primer.decode(primer, 20_000);
        assertThat(decoded.items).containsExactlyElementsOf(items());
        int[] item = "{\"id\":77,\"name\":\"n3\",\"ok\":true}".chars().toArray();
        assertThat(stream(decoded, item)).isEqualTo(stream(learnt, item));
    }

    private static byte[] stream(Learnt learnt, int[] item) {
        StackWriter writer = new StackWriter();
        new SymbolPredictor(learnt).write(writer, item, false);
        AnsStack stack = AnsStack.of(1);
        writer.push(stack);
        return stack.toBytes();
    }

    /** The bytes are those of arithmetic that archives depend on: they never change. */
    @Test
    void hasTheSameBytesEverywhere() throws Exception {
        byte[] primer = Primer.encode(items(), new Learnt());
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(primer));
        assertThat(hash).isEqualTo("6f4d9a92a915b3ae9f5d7db5fbf47b5ea4f8c6e9c1af5d64e55cd40877006090");
    }

    @Test
    void damageEndsInAnErrorOrOtherItems() throws Exception {
        byte[] primer = Primer.encode(items(), new Learnt());
        Random random = new Random(1);
        for (int k = 0; k < 60; k++) {
            byte[] damaged = primer.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                Learnt decoded = Primer.decode(damaged, 20_000);
                assertThat(decoded.items.size()).isLessThanOrEqualTo(20_000);
            } catch (DamagedException damage) {
                assertThat(damage).hasMessageContaining("damaged");
            }
        }
    }
}
