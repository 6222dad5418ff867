package dev.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.millrace.Flow;
import dev.millrace.Flows;
import dev.millrace.bijection.Bijection;
import dev.millrace.bijection.Composition;
import dev.millrace.bijection.Coupling;
import dev.millrace.bijection.Inverse;
import dev.millrace.distribution.Distribution;
import dev.millrace.net.Network;
import dev.millrace.transformer.Transformer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No kind of part can be forgotten: each that the packages hold is in one of the {@link Flows#everyKind() flows} that
 * the tests of this package save and load.
 */
class EveryKindTest {

    @ParameterizedTest
    @ValueSource(classes = {Bijection.class, Network.class, Transformer.class, Distribution.class})
    void isSavedAndLoadedByATest(Class<?> part) {
        Set<String> used = new TreeSet<>();
        Flows.everyKind().forEach(flow -> collect(flow.getPayload(), part, used));
        Set<String> kinds = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(part.getPackageName()).stream()
                        .filter(type -> type.isAssignableTo(part)
                                && !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(kinds).isNotEmpty();
        assertThat(used).isEqualTo(kinds);
    }

    private static void collect(Flow flow, Class<?> part, Set<String> into) {
        flow.layers().forEach(layer -> collect(layer, part, into));
        collect(List.of(flow.base()), part, into);
    }

    private static void collect(Bijection layer, Class<?> part, Set<String> into) {
        collect(List.of(layer), part, into);
        if (layer instanceof Coupling coupling) {
            collect(List.of(coupling.conditioner(), coupling.transformer()), part, into);
        } else if (layer instanceof Inverse inverse) {
            collect(inverse.bijection(), part, into);
        } else if (layer instanceof Composition composition) {
            composition.layers().forEach(inner -> collect(inner, part, into));
        }
    }

    private static void collect(List<?> parts, Class<?> kind, Set<String> into) {
        parts.stream()
                .filter(kind::isInstance)
                .map(found -> found.getClass().getName())
                .forEach(into::add);
    }
}
