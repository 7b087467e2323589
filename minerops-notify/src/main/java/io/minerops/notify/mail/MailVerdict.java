package io.minerops.notify.mail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What a server said of each recipient of one attempt.
 *
 * @param accepted those whose mail it has taken
 * @param refused those it refused, with its reply
 */
record MailVerdict(List<InternetAddress> accepted, Map<InternetAddress, Reply> refused) {
    private static final Reply UNKNOWN = new Reply(0, "no response text");

    /** A reply to one recipient; the code is 0 where there was none. */
    record Reply(int code, String text) {
        boolean permanent() {
            return code >= MailFailure.PERMANENT;
        }
    }

    MailVerdict {
        accepted = List.copyOf(accepted);
        refused = Map.copyOf(refused);
    }

    /** The verdict of a failed attempt; empty where the server judged the mail or the connection, not its recipients. */
    static Optional<MailVerdict> of(MessagingException failure, List<InternetAddress> tried, SmtpSettings settings) {
        if (!(failure instanceof SendFailedException partly)) {
            return Optional.empty();
        }
        List<Address> accepted = addresses(partly.getValidSentAddresses());
        Map<Address, Reply> replies = new LinkedHashMap<>();
        for (Exception cause : MailFailure.chain(failure)) {
            if (cause instanceof SMTPAddressFailedException refused) {
                String said = refused.getMessage() == null ? "" : refused.getMessage();
                replies.put(
                        refused.getAddress(),
                        new Reply(refused.getReturnCode(), MailFailure.withoutSecrets(said.trim(), settings)));
            }
        }
        boolean mailRefused = failure instanceof SMTPSendFailedException && accepted.isEmpty();
        if (mailRefused || (replies.isEmpty() && accepted.isEmpty())) {
            return Optional.empty();
        }
        Map<InternetAddress, Reply> refused = new LinkedHashMap<>();
        tried.stream()
                .filter(address -> !accepted.contains(address))
                .forEach(address -> refused.put(address, replies.getOrDefault(address, UNKNOWN)));
        return Optional.of(
                new MailVerdict(tried.stream().filter(accepted::contains).toList(), refused));
    }

    private static List<Address> addresses(Address @Nullable [] given) {
        return given == null ? List.of() : Arrays.asList(given);
    }
}
