package dev.ardm.core.counts;

/** What the file of a model of counts holds. */
public enum CountsForm {
    /** The items that it learnt, compressed by the model itself. Opening the model learns them again. */
    PRIMER("primer"),

    /** Contexts, what followed them and how often: those that are worth their bytes, of any number of items. Ready at once. */
    ENTRIES("entries");

    private final String text;

    CountsForm(String text) {
        this.text = text;
    }

    /** The name in model files and commands. */
    public String text() {
        return text;
    }

    /**
     * The form of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static CountsForm of(String text) {
        for (CountsForm form : values()) {
            if (form.text.equals(text)) {
                return form;
            }
        }
        throw new IllegalArgumentException(
                "the form '" + text + "' of a model of counts; there are primer and entries");
    }
}
