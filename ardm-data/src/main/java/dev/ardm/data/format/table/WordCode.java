package dev.ardm.data.format.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A column of words: one variable, whose symbols are the words in their order and the escape. */
final class WordCode implements ColumnCode {
    private final List<String> words;
    private final Map<String, Integer> symbols = new HashMap<>();

    /** A code of at least one word. */
    WordCode(List<String> words) {
        this.words = List.copyOf(words);
        for (int i = 0; i < words.size(); i++) {
            if (symbols.put(words.get(i), i) != null) {
                throw new IllegalArgumentException("the word '" + words.get(i) + "' stands twice in a column");
            }
        }
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a column of words needs one");
        }
    }

    @Override
    public int[] categories() {
        return new int[] {words.size() + 1};
    }

    @Override
    public boolean encode(String field, int[] row, int at) {
        row[at] = symbols.getOrDefault(field, words.size());
        return row[at] < words.size();
    }

    @Override
    public @Nullable String decode(int[] row, int at) {
        return row[at] < words.size() ? words.get(row[at]) : null;
    }

    @Override
    public void define(ObjectNode node) {
        FieldText.putAll(node, "words", words);
    }
}
