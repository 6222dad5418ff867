package dev.millrace.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The pieces of one job by the thread of a {@link Team} that begins with them. */
final class Shares {

    private final Team team;
    private final List<List<Runnable>> ofThread;

    Shares(Team team) {
        this.team = team;
        ofThread = Stream.generate(() -> (List<Runnable>) new ArrayList<Runnable>())
                .limit(team.size())
                .toList();
    }

    /** Deals pieces out evenly, in their order: the first threads get the first ones. */
    Shares deal(List<Runnable> pieces) {
        return deal(pieces, 0, team.size());
    }

    /** Deals pieces out to the threads that take the first half of a batch's blocks. */
    Shares dealToFirstHalf(List<Runnable> pieces) {
        return deal(pieces, 0, (team.size() + 1) / 2);
    }

    /** Deals pieces out to the threads that take the second half of a batch's blocks. */
    Shares dealToSecondHalf(List<Runnable> pieces) {
        return deal(pieces, team.size() / 2, team.size());
    }

    private Shares deal(List<Runnable> pieces, int fromThread, int toThread) {
        int threads = toThread - fromThread;
        for (int i = 0; i < threads; i++) {
            int from = pieces.size() * i / threads;
            int to = pieces.size() * (i + 1) / threads;
            ofThread.get(fromThread + i).addAll(pieces.subList(from, to));
        }
        return this;
    }

    boolean isEmpty() {
        return ofThread.stream().allMatch(List::isEmpty);
    }

    /** The whole job, to be run again and again. */
    Runnable job() {
        Runnable[] pieces = ofThread.stream().flatMap(List::stream).toArray(Runnable[]::new);
        int[] starts = IntStream.rangeClosed(0, team.size())
                .map(thread ->
                        ofThread.stream().limit(thread).mapToInt(List::size).sum())
                .toArray();
        IntConsumer work = i -> pieces[i].run();
        return () -> team.run(starts, work);
    }
}
