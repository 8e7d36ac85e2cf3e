package dev.aeon.spoke.api;

import dev.aeon.spoke.model.Violation;
import java.util.List;

/** The body of every answer that is an error. */
public record ErrorBody(String code, String message, List<Violation> violations) {}
