package dev.ardm.core.engine;

import dev.ardm.exact.Workspace;

/** Distributes operations on rows of an array, each independent of the others, to threads. */
final class RowPieces {
    /** Floats that a piece has at least, else sharing it takes longer than doing it. */
    static final int PIECE = 4096;

    private final Team team;
    private final Workspace[] workspaces;

    RowPieces(Team team, Workspace[] workspaces) {
        this.team = team;
        this.workspaces = workspaces;
    }

    /** An operation on consecutive rows. */
    interface Range {
        void run(int first, int end, Workspace workspace);
    }

    /** Runs an operation on rows of {@code width} floats in pieces. */
    void run(int rows, int width, Range range) {
        Cut cut = Cut.of(rows, 1, team.size(), width, PIECE);
        team.run(cut.count(), (piece, thread) -> range.run(cut.firstRow(piece), cut.endRow(piece), workspaces[thread]));
    }
}
