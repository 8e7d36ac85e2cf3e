/**
 * Channels as files of newline-delimited JSON (section 3.1), one directory per direction between
 * two agents. Entry type: {@link dev.aeon.apm.channel.ndjson.NdjsonChannels}. Knows lines, not what
 * they say; only {@link dev.aeon.apm.channel.ndjson.ChannelsCheck} and the compaction read them.
 */
package dev.aeon.apm.channel.ndjson;
