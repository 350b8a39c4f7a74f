package dev.ardm.core.engine;

import dev.ardm.core.network.Layer.GroupNorm;
import dev.ardm.exact.Kernels;
import dev.ardm.exact.Norm.Groups;
import dev.ardm.exact.Norm.Rows;
import dev.ardm.exact.Norm.Statistics;
import dev.ardm.exact.Workspace;

/** Group normalisation, its statistics cut by groups and the rest by places. */
final class GroupNorms {
    /** Floats of the widest vectors: pieces of groups fill them. */
    private static final int VECTOR = 16;

    private final ExactParameters parameters;
    private final Kernels kernels;
    private final Team team;
    private final Workspace[] workspaces;
    private final RowPieces rows;
    private final ArrayPool pool;

    GroupNorms(ExactParameters parameters, Team team, Workspace[] workspaces, RowPieces rows, ArrayPool pool) {
        this.parameters = parameters;
        this.kernels = parameters.kernels();
        this.team = team;
        this.workspaces = workspaces;
        this.rows = rows;
        this.pool = pool;
    }

    /** Of all items at all places, followed by SiLU if asked for. */
    void normalise(ExactArray x, GroupNorm layer, boolean silu, ExactArray out) {
        int places = x.places();
        int channels = x.last();
        Statistics statistics = new Statistics(
                pool.array(channels).values(), pool.array(channels).values());
        for (int n = 0; n < x.shape()[0]; n++) {
            int at = n * places * channels;
            statistics(new Rows(x.values(), at, places, channels), layer, statistics);
            rows.run(places, channels, (first, end, workspace) -> {
                int from = at + first * channels;
                kernels.normalise(
                        new Rows(x.values(), from, end - first, channels),
                        statistics,
                        parameters.bias(layer),
                        silu,
                        out.values(),
                        from);
            });
        }
    }

    /**
     * At chosen places, followed by SiLU.
     *
     * @param sites indices into the places of all items
     * @param out a row for each of them
     */
    void normaliseAt(ExactArray x, GroupNorm layer, int[] sites, ExactArray out) {
        int places = x.places();
        int channels = x.last();
        Statistics statistics = new Statistics(
                pool.array(channels).values(), pool.array(channels).values());
        int last = -1;
        for (int from = 0, end; from < sites.length; from = end) {
            int item = sites[from] / places;
            end = from + 1;
            while (end < sites.length && sites[end] / places == item) {
                end++;
            }
            if (item != last) {
                statistics(new Rows(x.values(), item * places * channels, places, channels), layer, statistics);
                last = item;
            }
            int start = from;
            rows.run(end - from, channels, (first, stop, workspace) -> {
                x.gather(sites, start + first, start + stop, out);
                int at = (start + first) * channels;
                kernels.normalise(
                        new Rows(out.values(), at, stop - first, channels),
                        statistics,
                        parameters.bias(layer),
                        true,
                        out.values(),
                        at);
            });
        }
    }

    /** Of the places of one item. */
    private void statistics(Rows x, GroupNorm layer, Statistics out) {
        int perGroup = layer.channels() / layer.groups();
        int groupsEach = 1;
        while (groupsEach < layer.groups() && groupsEach * perGroup % VECTOR != 0) {
            groupsEach++;
        }
        int chunk = groupsEach;
        int chunks = (layer.groups() + chunk - 1) / chunk;
        Cut cut = Cut.of(chunks, 1, team.size(), (double) x.count() * chunk * perGroup, RowPieces.PIECE);
        team.run(
                cut.count(),
                (piece, thread) -> kernels.groupStatistics(
                        x,
                        new Groups(
                                layer.groups(),
                                cut.firstRow(piece) * chunk,
                                Math.min(layer.groups(), cut.endRow(piece) * chunk)),
                        parameters.weight(layer),
                        GroupNorm.EPSILON,
                        out,
                        workspaces[thread]));
    }
}
