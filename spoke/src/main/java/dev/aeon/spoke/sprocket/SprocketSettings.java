package dev.aeon.spoke.sprocket;

import dev.aeon.spoke.model.Language;
import java.time.Duration;
import java.util.List;

/**
 * How a worker works.
 *
 * @param delay how long a module must be quiet before its new versions are compiled
 * @param threads compilers that run at the same time
 */
public record SprocketSettings(List<Language> languages, Duration delay, int threads) {}
