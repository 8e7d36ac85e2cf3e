package dev.aeon.spoke.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code GET /modules}, in order of names.
 *
 * @param next the last name here where there are more: ask for those {@code after} it; else null
 */
public record ModuleList(List<String> modules, @Nullable String next) {}
