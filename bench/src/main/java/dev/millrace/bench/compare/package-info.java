/** The same work done by Millrace and by other libraries, in turn, each in processes of its own. */
package dev.millrace.bench.compare;
