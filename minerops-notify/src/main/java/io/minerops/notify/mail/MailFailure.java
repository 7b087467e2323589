package io.minerops.notify.mail;

import io.minerops.api.Secret;
import io.minerops.api.notify.Delivery;
import io.minerops.notify.internal.PlainText;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Judges why a mail was not sent. A reply code of 4xx passes and one of 5xx stays (RFC 5321, 4.2.1); without a reply
 * there was no connection, or not the required encryption, and that may pass.
 */
final class MailFailure {
    private static final int MAX_REPEATED = 200;
    private static final int MAX_CAUSES = 32;
    private static final Pattern REPLY = Pattern.compile("(?:^|response: )([245]\\d\\d)(?![0-9])");
    /** Replies from this code on are permanent. */
    static final int PERMANENT = 500;

    /** The maximum length of the reason for a mail that some recipients did not get. */
    static final int MAX_REASON = 1_000;

    private MailFailure() {}

    static Delivery delivery(MessagingException failure, SmtpSettings settings) {
        List<Integer> codes = codes(failure);
        boolean signIn = failure instanceof AuthenticationFailedException;
        boolean passing = codes.isEmpty() ? !signIn : codes.stream().anyMatch(code -> code < PERMANENT);
        String reason = "mail server " + settings.server() + (signIn ? " refused the sign-in" : "") + ": "
                + said(failure, settings);
        return passing ? new Delivery.RetryAfter(null, reason) : new Delivery.Failed(reason);
    }

    private static List<Integer> codes(MessagingException failure) {
        List<Integer> codes = new ArrayList<>();
        for (Exception cause : chain(failure)) {
            Integer code = code(cause);
            if (code != null) {
                codes.add(code);
            }
        }
        return codes;
    }

    private static @Nullable Integer code(Exception cause) {
        int code = -1;
        if (cause instanceof SMTPAddressFailedException refused) {
            code = refused.getReturnCode();
        } else if (cause instanceof SMTPSenderFailedException refused) {
            code = refused.getReturnCode();
        } else if (cause instanceof SMTPSendFailedException refused) {
            code = refused.getReturnCode();
        } else {
            Matcher reply = REPLY.matcher(Objects.requireNonNullElse(cause.getMessage(), ""));
            if (reply.find()) {
                code = Integer.parseInt(reply.group(1));
            }
        }
        return code >= 400 ? code : null;
    }

    static List<Exception> chain(MessagingException failure) {
        List<Exception> chain = new ArrayList<>();
        Exception next = failure;
        while (next != null && chain.size() < MAX_CAUSES) {
            chain.add(next);
            next = next instanceof MessagingException nested ? nested.getNextException() : null;
        }
        return chain;
    }

    private static String said(MessagingException failure, SmtpSettings settings) {
        List<String> said = chain(failure).stream()
                .map(cause -> Objects.requireNonNullElse(
                                cause.getMessage(), cause.getClass().getSimpleName())
                        .trim())
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
        String text = said.isEmpty() ? failure.getClass().getSimpleName() : String.join("; ", said);
        return PlainText.line(withoutSecrets(text, settings), MAX_REPEATED);
    }

    static String withoutSecrets(String text, SmtpSettings settings) {
        Secret password = settings.password();
        if (password == null || password.reveal().isEmpty()) {
            return text;
        }
        String plain = password.reveal();
        String shown = text.replace(plain, "***").replace(base64(plain), "***");
        return shown.replace(base64("\0" + settings.user() + "\0" + plain), "***");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
