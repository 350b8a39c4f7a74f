package dev.ardm.core.model;

/** A family of models: how its model files and plans are read. {@link ModelFamilies} finds the family of a file. */
public interface ModelFamily {
    /** Its name, which the definition of a model has as member {@code family}. */
    String kind();

    /**
     * Reads a model of the family.
     *
     * @throws ModelFileException if a tensor is missing or of another shape
     * @throws IllegalArgumentException if a member is unknown to this program or does not fit
     */
    Model read(ModelContent content) throws ModelFileException;

    /**
     * Reads a plan without its model, as far as it can be read, for people.
     *
     * @param values number of values of an item
     * @throws IllegalArgumentException if it is not a plan of this family
     */
    Plan readPlan(byte[] bytes, int values);
}
