package dev.aeon.spoke.cli;

import dev.aeon.spoke.validate.config.ModuleConfig;
import dev.aeon.spoke.validate.image.Image;

/**
 * A module that is about to be judged.
 *
 * @param prefix what stands before its files' paths in messages, empty or ending with a slash
 */
record CheckedModule(ModuleConfig config, Image image, String prefix) {}
