package dev.millrace.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A fenced block of a Markdown page. */
record CodeBlock(String page, int line, String language, List<String> lines) {

    static List<CodeBlock> of(Path page) throws IOException {
        List<CodeBlock> blocks = new ArrayList<>();
        List<String> text = Files.readAllLines(page);
        for (int i = 0; i < text.size(); i++) {
            if (text.get(i).startsWith("```")) {
                int start = i++;
                List<String> lines = new ArrayList<>();
                for (; !text.get(i).startsWith("```"); i++) {
                    lines.add(text.get(i));
                }
                String language = text.get(start).substring(3);
                blocks.add(new CodeBlock(page.getFileName().toString(), start + 1, language, lines));
            }
        }
        return blocks;
    }

    String title() {
        return page + ":" + line + " (" + language + ")";
    }

    /** Imports first, the rest as the body of main. */
    String asClass(String name) {
        List<String> imports =
                lines.stream().filter(l -> l.startsWith("import ")).toList();
        List<String> body = lines.stream().filter(l -> !l.startsWith("import ")).toList();
        return String.join("\n", imports) + "\npublic class " + name
                + " {\n    public static void main(String[] arguments) throws Exception {\n"
                + String.join("\n", body) + "\n    }\n}\n";
    }
}
