package dev.millrace.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a preset. */
final class PresetConverter implements ITypeConverter<Preset> {

    @Override
    public Preset convert(String text) {
        try {
            return Preset.of(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
