package dev.millrace.bench.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One piece of work that every program does.
 *
 * @param name as on the command line
 * @param kind what is done
 * @param subject the flow
 * @param batch rows that are given at once
 */
record Work(String name, Kind kind, Subject subject, int batch) {

    /** What is done. */
    enum Kind {
        /** Training steps, in rows a second. */
        TRAIN,
        /** Scoring and sampling from memory. */
        SCORE,
        /** Scoring a file into a file. */
        FILE,
        /** From the start of a process, with a number of training steps to a trained flow. */
        START,
        /** The most memory that some training steps take. */
        DEPTH;

        /** Whether every round has a process of its own. */
        boolean isFresh() {
            return this == START;
        }

        /** The numbers of threads that are tried: those of which a program's best is not known beforehand. */
        IntStream threads(int most) {
            return switch (this) {
                case TRAIN, SCORE, START -> IntStream.rangeClosed(1, most);
                case FILE -> IntStream.of(most);
                case DEPTH -> IntStream.of(1);
            };
        }
    }

    /** The file that {@link Kind#FILE} scores. */
    static final String FILE = "file.npy";

    /** Rows that are scored from memory, each number by itself; as many as the last are drawn. */
    static final List<Integer> SCORED = List.of(1, 512, 8192);

    private static final int STEPS_TO_TRAIN = 600;
    private static final int QUICK_STEPS = 20;

    private static final int FILE_BATCH = 8192;

    /** All works. */
    static List<Work> all() {
        List<Work> works = new ArrayList<>();
        for (Subject subject :
                List.of(Subject.REALNVP_2, Subject.REALNVP_8, Subject.REALNVP_64, Subject.NICE, Subject.IMAGE)) {
            works.add(new Work("train-" + subject.id(), Kind.TRAIN, subject, subject.batch()));
        }
        for (Subject subject : List.of(Subject.REALNVP_8, Subject.REALNVP_64)) {
            works.add(new Work("score-" + subject.id(), Kind.SCORE, subject, subject.batch()));
        }
        works.add(new Work("file", Kind.FILE, Subject.REALNVP_8, FILE_BATCH));
        works.add(new Work("start", Kind.START, Subject.MOONS, Subject.MOONS.batch()));
        for (Subject subject : List.of(Subject.DEPTH_4, Subject.DEPTH_64)) {
            works.add(new Work(subject.id(), Kind.DEPTH, subject, subject.batch()));
        }
        return works;
    }

    /** What the programs read about it. */
    Map<String, Object> toTree(boolean quick) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", kind.name().toLowerCase(Locale.ROOT));
        tree.put("model", subject.id());
        tree.put("batch", batch);
        tree.put("batches", SCORED);
        tree.put("steps", kind == Kind.START && !quick ? STEPS_TO_TRAIN : QUICK_STEPS);
        tree.put("file", FILE);
        return tree;
    }
}
