package dev.millrace;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between packages: each imports only from those before it. */
class PackagesTest {

    private static final String ROOT = "dev.millrace";

    /** Each package, and the packages of the house that it may import. */
    private static final List<Arrow> ARROWS = List.of(
            new Arrow("kernel"),
            new Arrow("net", "kernel"),
            new Arrow("transformer", "kernel", "net"),
            new Arrow("bijection", "kernel", "net", "transformer"),
            new Arrow("distribution", "kernel", "net"),
            new Arrow("", "kernel", "net", "transformer", "bijection", "distribution"),
            new Arrow("train", "kernel", "net", "transformer", "bijection", "distribution", ""),
            new Arrow("model", "kernel", "net", "transformer", "bijection", "distribution", "", "train"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("test-classes"))
            .importPackages(ROOT);

    private record Arrow(String from, List<String> to) {

        Arrow(String from, String... to) {
            this(from, List.of(to));
        }
    }

    static List<Arrow> arrows() {
        return ARROWS;
    }

    @ParameterizedTest
    @MethodSource("arrows")
    void aPackageImportsOnlyFromThoseBeforeIt(Arrow arrow) {
        List<String> allowed = new ArrayList<>(List.of("java..", "jdk.incubator.vector..", name(arrow.from())));
        arrow.to().forEach(to -> allowed.add(name(to)));
        classes()
                .that()
                .resideInAPackage(name(arrow.from()))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void everyPackageHasItsArrows() {
        Set<String> found =
                CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(
                        ARROWS.stream().map(arrow -> name(arrow.from())).toList());
    }

    @Test
    void noPackagesImportEachOther() {
        slices().matching(ROOT + ".(*)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheKernelKnowsVectors() {
        only("kernel", "jdk.incubator.vector..");
    }

    @Test
    void onlyTheModelKnowsFiles() {
        only("model", "java.nio.file..", "java.io..", "java.nio.channels..");
    }

    private static void only(String name, String... packages) {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage(name(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages);
        rule.check(CLASSES);
    }

    @Test
    void everyPackageSaysWhatItIs() {
        Stream.concat(Stream.of(CLASSES.getPackage(ROOT)), CLASSES.getPackage(ROOT).getSubpackages().stream())
                .forEach(found ->
                        assertThat(hasDescription(found)).as(found.getName()).isTrue());
    }

    /** A description without annotations leaves no class file behind, so the source tells. */
    private static boolean hasDescription(JavaPackage found) {
        return java.nio.file.Files.exists(
                java.nio.file.Path.of("src/main/java", found.getName().replace('.', '/'), "package-info.java"));
    }

    private static String name(String name) {
        return name.isEmpty() ? ROOT : ROOT + '.' + name;
    }
}
