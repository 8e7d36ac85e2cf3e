package dev.aeon.spoke.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a module demands of each version that is pushed.
 *
 * @param lint rules and categories of style, as {@code spoke lint} names them
 * @param breaking rules and categories of change, as {@code spoke breaking} names them
 * @param everyRelease whether all earlier releases count, not the last one alone
 * @param semantic whether a new major version may break what it likes; true where left out
 * @param compatibility one of Confluent's levels; {@code NONE} where left out
 */
public record PolicyInfo(
    @Nullable List<String> lint,
    @Nullable List<String> breaking,
    boolean everyRelease,
    @Nullable Boolean semantic,
    @Nullable String compatibility) {}
