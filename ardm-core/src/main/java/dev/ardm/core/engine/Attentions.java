package dev.ardm.core.engine;

import dev.ardm.core.network.Visibility;
import dev.ardm.exact.Attention.Keys;
import dev.ardm.exact.Attention.Output;
import dev.ardm.exact.Attention.Queries;
import dev.ardm.exact.Kernels;
import dev.ardm.exact.VisibleKeys;
import dev.ardm.exact.Workspace;

/** Attention, cut into rectangles of queries and heads for a team of threads. */
final class Attentions {
    private final Kernels kernels;
    private final Team team;
    private final Workspace[] workspaces;

    Attentions(Kernels kernels, Team team, Workspace[] workspaces) {
        this.kernels = kernels;
        this.team = team;
        this.workspaces = workspaces;
    }

    /** The queries of all places; {@code q}, {@code k}, {@code v} and {@code out} of {@code [n, h, w, c]}. */
    void attend(ExactArray q, ExactArray k, ExactArray v, int heads, Visibility visibility, ExactArray out) {
        int places = q.places();
        for (int n = 0; n < q.shape()[0]; n++) {
            int[] seen = new int[visibility.all() ? 0 : places];
            for (int place = 0; place < seen.length; place++) {
                seen[place] = visibility.seen(n, place, places);
            }
            VisibleKeys visible = visibility.all() ? VisibleKeys.ALL : VisibleKeys.first(seen, 0);
            attend(q, n * places, places, k, v, n, heads, visible, out);
        }
    }

    /**
     * The queries of chosen places.
     *
     * @param q the queries, one for each of the sites, as are the results
     * @param sites indices into the places of {@code k}, those of an item next to each other
     */
    void attendAt(
            ExactArray q, ExactArray k, ExactArray v, int heads, int[] sites, Visibility visibility, ExactArray out) {
        int places = k.places();
        int[] seen = new int[sites.length];
        for (int i = 0; i < sites.length; i++) {
            seen[i] = visibility.seen(sites[i] / places, sites[i] % places, places);
        }
        for (int from = 0, end; from < sites.length; from = end) {
            int n = sites[from] / places;
            for (end = from; end < sites.length && sites[end] / places == n; ) {
                end++;
            }
            VisibleKeys visible = visibility.all() ? VisibleKeys.ALL : VisibleKeys.first(seen, from);
            attend(q, from, end - from, k, v, n, heads, visible, out);
        }
    }

    /** Queries of one item, from row {@code firstQuery}. */
    private void attend(
            ExactArray q,
            int firstQuery,
            int queries,
            ExactArray k,
            ExactArray v,
            int item,
            int heads,
            VisibleKeys visible,
            ExactArray out) {
        int width = k.last();
        int tokens = k.places();
        int headWidth = width / heads;
        Cut cut = Cut.of(queries, heads, team.size(), 2.0 * tokens * headWidth, Products.PIECE);
        team.run(cut.count(), (piece, thread) -> {
            int first = cut.firstRow(piece);
            kernels.attention(
                    new Queries(
                            q.values(), (firstQuery + first) * width, cut.endRow(piece) - first, visible.from(first)),
                    new Keys(k.values(), v.values(), item * tokens * width, tokens, heads, headWidth),
                    new Output(
                            out.values(), (firstQuery + first) * width, cut.firstColumn(piece), cut.endColumn(piece)),
                    workspaces[thread]);
        });
    }
}
