/*
 * fcgi_notify: tells systemd about the service's state (sd_notify(3), the protocol only). Layer 2. Without NOTIFY_SOCKET nothing happens.
 */
#ifndef WEB_FCGI_NOTIFY_H
#define WEB_FCGI_NOTIFY_H
#include <stdint.h>

void fcgi_notify(const char *state);   /* "READY=1" */
int64_t fcgi_notify_watchdog_ms(void); /* how often WATCHDOG=1 is due (half of WATCHDOG_USEC), 0 when it is not asked */

#endif
