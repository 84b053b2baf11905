/*
 * The loop of libfcgi's own threaded example, without its mutex: what the acceptor is compared with.
 *   stock_fcgi SOCKET THREADS
 */
#include <fcgiapp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int listen_fd;

static void *
loop(void *unused)
{
	FCGX_Request r;
	char answer[256];
	int n = snprintf(answer, sizeof(answer), "Status: 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\npid %d\n",
	                 (int)getpid());

	FCGX_InitRequest(&r, listen_fd, 0);
	while (FCGX_Accept_r(&r) == 0) {
		FCGX_PutStr(answer, n, r.out);
		FCGX_Finish_r(&r);
	}
	return unused;
}

int
main(int argc, char **argv)
{
	pthread_t t;

	if (argc < 3 || FCGX_Init() != 0 || (listen_fd = FCGX_OpenSocket(argv[1], 1024)) < 0)
		return 2;
	chmod(argv[1], 0666);
	for (int i = 1; i < atoi(argv[2]); i++)
		if (pthread_create(&t, NULL, loop, NULL) != 0)
			return 1;
	loop(NULL);
	return 0;
}
