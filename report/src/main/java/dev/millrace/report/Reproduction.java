package dev.millrace.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a model can be made again.
 *
 * @param command as one types it into a shell
 * @param exact whether it gives the same model to the bit; where a time limit ends the training, it depends on the clock
 */
public record Reproduction(String command, boolean exact) {

    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("command", command);
        tree.put("exact", exact);
        return tree;
    }
}
