package dev.millrace.cli;

import java.util.List;
import java.util.stream.Collectors;

/** Arguments as one types them into a shell. */
final class ShellText {

    private ShellText() {}

    /** The arguments in a line, quoted where a shell would take them apart or replace something in them. */
    static String of(List<String> arguments) {
        return arguments.stream().map(ShellText::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String argument) {
        return argument.matches("[\\p{Alnum}_./:=,+@%-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
