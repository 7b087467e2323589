package io.minerops.core.discovery.mdns;

import io.minerops.core.discovery.mdns.MdnsQuery.Announcement;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The part of DNS that one query and its responses need (RFC 1035, section 4; RFC 6762). A reply that breaks its
 * form says nothing; a name that points at itself or grows too long breaks it.
 */
final class MdnsMessage {
    private static final int HEADER_BYTES = 12;
    private static final int TYPE_A = 1;
    private static final int TYPE_PTR = 12;
    private static final int TYPE_AAAA = 28;
    private static final int TYPE_SRV = 33;
    private static final int CLASS_INTERNET = 1;
    private static final int SRV_TARGET_OFFSET = 6;
    private static final int POINTER = 0xC0;
    private static final int MAX_NAME_BYTES = 255;
    private static final int MAX_RECORDS = 512;
    private static final int IS_REPLY = 0x8000;

    private MdnsMessage() {}

    /** A question for who offers a service, such as {@code _http._tcp.local}. */
    static byte[] query(String service) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0});
        for (String label : service.split("\\.", -1)) {
            byte[] text = label.getBytes(StandardCharsets.UTF_8);
            bytes.write(text.length);
            bytes.writeBytes(text);
        }
        bytes.write(0);
        bytes.writeBytes(new byte[] {0, TYPE_PTR, 0, CLASS_INTERNET});
        return bytes.toByteArray();
    }

    /**
     * Who offers the service by a reply.
     *
     * @param sender where the reply came from: the address of a device that does not say its own
     */
    static List<Announcement> announcements(ByteBuffer reply, String service, String sender) {
        Records records = new Records();
        try {
            records.read(reply);
        } catch (BufferUnderflowException | MalformedNameException e) {
            return List.of();
        }
        return records.offering(service, sender);
    }

    /** A name that breaks the form of DNS. */
    private static final class MalformedNameException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MalformedNameException() {
            super("a name of a DNS message is malformed", null, false, false);
        }
    }

    /** The records of a response that name services and hosts; names in lower case, with dots. */
    private static final class Records {
        private final Map<String, Set<String>> instances = new HashMap<>();
        private final Map<String, String> hosts = new HashMap<>();
        private final Map<String, Set<String>> addresses = new HashMap<>();
        /** An instance's own first label, as it is to be shown. */
        private final Map<String, String> labels = new HashMap<>();

        void read(ByteBuffer reply) {
            if (reply.remaining() < HEADER_BYTES || (reply.getShort(2) & IS_REPLY) == 0) {
                return;
            }
            int queries = Short.toUnsignedInt(reply.getShort(4));
            int records = Short.toUnsignedInt(reply.getShort(6))
                    + Short.toUnsignedInt(reply.getShort(8))
                    + Short.toUnsignedInt(reply.getShort(10));
            reply.position(HEADER_BYTES);
            for (int query = 0; query < Math.min(queries, MAX_RECORDS); query++) {
                name(reply);
                reply.getInt();
            }
            for (int record = 0; record < Math.min(records, MAX_RECORDS); record++) {
                readRecord(reply);
            }
        }

        private void readRecord(ByteBuffer reply) {
            List<String> owner = name(reply);
            int type = Short.toUnsignedInt(reply.getShort());
            // the class, of which the highest bit has another meaning here, and the time to live
            reply.getShort();
            reply.getInt();
            int length = Short.toUnsignedInt(reply.getShort());
            int end = reply.position() + length;
            if (end > reply.limit()) {
                throw new BufferUnderflowException();
            }
            if (type == TYPE_PTR) {
                List<String> instance = name(reply);
                if (!instance.isEmpty()) {
                    labels.putIfAbsent(key(instance), instance.get(0));
                    instances
                            .computeIfAbsent(key(owner), service -> new LinkedHashSet<>())
                            .add(key(instance));
                }
            } else if (type == TYPE_SRV && length > SRV_TARGET_OFFSET) {
                reply.position(reply.position() + SRV_TARGET_OFFSET);
                hosts.putIfAbsent(key(owner), key(name(reply)));
            } else if ((type == TYPE_A && length == 4) || (type == TYPE_AAAA && length == 16)) {
                byte[] bytes = new byte[length];
                reply.get(bytes);
                addresses
                        .computeIfAbsent(key(owner), host -> new LinkedHashSet<>())
                        .add(text(bytes));
            }
            reply.position(end);
        }

        List<Announcement> offering(String service, String sender) {
            List<Announcement> found = new ArrayList<>();
            for (String instance : instances.getOrDefault(service.toLowerCase(Locale.ROOT), Set.of())) {
                Set<String> said = addresses.getOrDefault(hosts.getOrDefault(instance, ""), Set.of(sender));
                // one address is enough, and miners have IPv4
                String address = said.stream()
                        .filter(one -> one.indexOf(':') < 0)
                        .findFirst()
                        .orElse(said.iterator().next());
                found.add(new Announcement(labels.getOrDefault(instance, instance), address));
            }
            return found;
        }

        private static String key(List<String> labels) {
            return String.join(".", labels).toLowerCase(Locale.ROOT);
        }

        private static String text(byte[] address) {
            try {
                return InetAddress.getByAddress(address).getHostAddress();
            } catch (UnknownHostException e) {
                throw new IllegalStateException("4 and 16 bytes are an address", e);
            }
        }

        /** Reads a name, part of which may be a pointer to what came before; each leads further back than the last. */
        private static List<String> name(ByteBuffer reply) {
            List<String> labels = new ArrayList<>();
            int bytes = 0;
            int resume = -1;
            int earliest = reply.position();
            while (true) {
                int length = Byte.toUnsignedInt(reply.get());
                if (length == 0) {
                    break;
                } else if ((length & POINTER) == POINTER) {
                    int target = (length & ~POINTER) << 8 | Byte.toUnsignedInt(reply.get());
                    resume = resume < 0 ? reply.position() : resume;
                    if (target >= earliest) {
                        throw new MalformedNameException();
                    }
                    earliest = target;
                    reply.position(target);
                } else if ((length & POINTER) != 0 || (bytes += length + 1) > MAX_NAME_BYTES) {
                    throw new MalformedNameException();
                } else {
                    byte[] label = new byte[length];
                    reply.get(label);
                    labels.add(new String(label, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}\\p{Cf}]", "?"));
                }
            }
            if (resume >= 0) {
                reply.position(resume);
            }
            return labels;
        }
    }
}
