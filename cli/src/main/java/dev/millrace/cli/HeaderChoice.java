package dev.millrace.cli;

import dev.millrace.data.ReadOptions.Header;

/** Whether text has a line of names, as one types it. */
enum HeaderChoice {
    AUTO(Header.AUTO),
    YES(Header.PRESENT),
    NO(Header.ABSENT);

    private final Header rule;

    HeaderChoice(Header rule) {
        this.rule = rule;
    }

    Header rule() {
        return rule;
    }
}
