package dev.ardm.data.format.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which columns of a file are which of a model, by their names, without blanks around these.
 *
 * @param columns for each column of the file that of the model, or {@link TableLayout#ADDITIONAL}
 * @param lacking names of the model's columns that the file does not have
 * @param additional names of the file's columns that the model does not have
 * @param ambiguous names that several columns have, in files that do not have exactly the model's names
 * @param found number of columns that are both
 */
record TableMatch(
        List<Integer> columns, List<String> lacking, List<String> additional, List<String> ambiguous, int found) {
    static TableMatch of(List<String> file, List<String> model) {
        List<String> names = file.stream().map(String::strip).toList();
        List<String> wanted = model.stream().map(String::strip).toList();
        if (names.equals(wanted)) {
            return new TableMatch(
                    IntStream.range(0, wanted.size()).boxed().toList(), List.of(), List.of(), List.of(), wanted.size());
        }
        List<String> ambiguous = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        for (int c = 0; c < wanted.size(); c++) {
            if (places.putIfAbsent(wanted.get(c), c) != null) {
                ambiguous.add(wanted.get(c));
            }
        }
        Set<Integer> used = new HashSet<>();
        List<String> additional = new ArrayList<>();
        List<Integer> columns = new ArrayList<>();
        for (String name : names) {
            int column = places.getOrDefault(name, TableLayout.ADDITIONAL);
            if (column != TableLayout.ADDITIONAL && !used.add(column)) {
                ambiguous.add(name);
                column = TableLayout.ADDITIONAL;
            }
            columns.add(column);
            if (column == TableLayout.ADDITIONAL) {
                additional.add(name);
            }
        }
        List<String> lacking = IntStream.range(0, wanted.size())
                .filter(column -> !used.contains(column))
                .mapToObj(wanted::get)
                .toList();
        return new TableMatch(columns, lacking, additional, ambiguous, names.size() - additional.size());
    }

    /** What is wrong with a file that must have all the columns; empty if it has them. */
    String refusal() {
        if (!ambiguous.isEmpty()) {
            return "several columns are called " + quoted(ambiguous.subList(0, 1))
                    + "; they can be told apart only if all columns are those of the model in its order";
        }
        if (lacking.isEmpty()) {
            return "";
        }
        return (lacking.size() == 1 ? "lacks the column " : "lacks the columns ") + quoted(lacking)
                + (additional.isEmpty() ? "" : ", and has in addition " + quoted(additional))
                + "; add what is missing, with empty fields where nothing is known"
                + " (or --format header=false, if the first line is a row)";
    }

    /** Names for people, of which only the first are shown. */
    static String quoted(List<String> names) {
        int shown = Math.min(10, names.size());
        return String.join(
                        ", ",
                        names.subList(0, shown).stream()
                                .map(name -> "'" + name + "'")
                                .toList())
                + (shown < names.size() ? ", ... (" + names.size() + ")" : "");
    }
}
