package io.minerops.notify.mail;

import io.minerops.api.notify.Delivery;
import io.minerops.notify.internal.PlainText;
import jakarta.mail.internet.InternetAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The recipients of one mail over its attempts: who has it, who was refused for good, and who still waits for it. */
final class MailRecipients {
    private final List<InternetAddress> all;
    private final Set<InternetAddress> accepted = new LinkedHashSet<>();
    private final Map<InternetAddress, String> refused = new LinkedHashMap<>();

    MailRecipients(List<InternetAddress> all) {
        this.all = all;
    }

    /** To whom the next attempt goes. */
    List<InternetAddress> waiting() {
        return all.stream()
                .filter(address -> !accepted.contains(address) && !refused.containsKey(address))
                .toList();
    }

    /**
     * What an attempt means for the mail as a whole: sent when all have it, to be tried again while one waits, failed
     * when all that are left were refused for good.
     */
    Delivery after(MailVerdict verdict, @Nullable String id, SmtpSettings settings) {
        accepted.addAll(verdict.accepted());
        Map<InternetAddress, String> passing = new LinkedHashMap<>();
        verdict.refused().forEach((address, reply) -> {
            if (reply.permanent()) {
                refused.put(address, reply.text());
            } else {
                passing.put(address, reply.text());
            }
        });
        if (refused.isEmpty() && waiting().isEmpty()) {
            return new Delivery.Sent(id);
        }
        StringBuilder reason = new StringBuilder("mail server " + settings.server() + " accepted " + accepted.size()
                + " of " + all.size() + " recipients");
        refused.forEach((address, text) -> reason.append("; refused for good: ")
                .append(address.getAddress())
                .append(": ")
                .append(text));
        passing.forEach((address, text) -> reason.append("; refused for now: ")
                .append(address.getAddress())
                .append(": ")
                .append(text));
        String line = PlainText.line(reason.toString(), MailFailure.MAX_REASON);
        return waiting().isEmpty() ? new Delivery.Failed(line) : new Delivery.RetryAfter(null, line);
    }

    /**
     * The mails of which some recipients have been decided, by the idempotency key. It is kept in memory: after a restart
     * a mail that is still open goes to all its recipients again, under the same {@code Message-ID}.
     */
    static final class Open {
        /** The maximum of mails; beyond it the one tried longest ago is forgotten. */
        static final int MAX_MAILS = 2_000;

        private final List<InternetAddress> recipients;
        private final Map<String, MailRecipients> mails = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, MailRecipients> eldest) {
                return size() > MAX_MAILS;
            }
        };

        Open(List<InternetAddress> recipients) {
            this.recipients = List.copyOf(recipients);
        }

        synchronized MailRecipients get(String key) {
            return mails.computeIfAbsent(key, unused -> new MailRecipients(recipients));
        }

        synchronized void remove(String key) {
            mails.remove(key);
        }
    }
}
