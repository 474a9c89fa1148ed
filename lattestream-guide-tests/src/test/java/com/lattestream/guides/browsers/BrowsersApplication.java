package com.lattestream.guides.browsers;

import com.lattestream.spring.LatteStreamBrowserSettings;
import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.spring.broadcast.Broadcast;
import java.security.Principal;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** An application with a login and CSRF protection. */
@SpringBootApplication
public class BrowsersApplication {

    // as in the guide
    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .formLogin(Customizer.withDefaults())
                .csrf(csrf -> csrf.spa())
                .build();
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("alice").password("{noop}latte").roles("USER").build(),
                User.withUsername("bob").password("{noop}latte").roles("USER").build());
    }

    @Component
    static class Channels {

        @ChannelAuthorizer("private-user-{name}")
        boolean own(Principal user, String name) {
            return user.getName().equals(name);
        }
    }

    @RestController
    static class ClientSettings {

        private final LatteStreamBrowserSettings settings;

        ClientSettings(LatteStreamBrowserSettings settings) {
            this.settings = settings;
        }

        @GetMapping("/client-settings")
        LatteStreamBrowserSettings settings() {
            return settings;
        }
    }

    @RestController
    static class News {

        private final ApplicationEventPublisher events;

        News(ApplicationEventPublisher events) {
            this.events = events;
        }

        @PostMapping("/news")
        void publish(@RequestBody ArticlePublished article) {
            events.publishEvent(article);
        }
    }

    @Broadcast(channel = "news", event = "article", toOthers = true)
    record ArticlePublished(String title) {}
}
