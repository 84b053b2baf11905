/*
 * Runs a program under what a unit of systemd lets it do, where systemd does not run: the same calls refused by seccomp, the same limits.
 *   confine RULES PROGRAM ARGUMENTS...      RULES is what tests/chaos/confine.sh made of the unit
 * One rule a line: "call NUMBER" (allowed), "errno N" (what the others get; 0: the process ends with SIGSYS), "refused NUMBER" (EPERM all the
 * same), "family NUMBER" (of sockets; none: all), "nofile N", "umask OCTAL". Always: NoNewPrivileges, no capability, MemoryDenyWriteExecute, RestrictNamespaces, RestrictRealtime.
 */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#endif
#define NAMESPACES 0x7e020000u /* CLONE_NEW* of clone, unshare and setns, but for time */

static struct sock_filter code[4096];
static unsigned short n;

static void
put(uint16_t op, uint32_t k, uint8_t yes, uint8_t no)
{
	if (n == sizeof(code) / sizeof(*code)) {
		fputs("confine: too many rules\n", stderr);
		exit(2);
	}
	code[n++] = (struct sock_filter){ op, yes, no, k };
}

static void
load(size_t offset)
{
	put(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void
load_argument(int i)
{
	load(offsetof(struct seccomp_data, args) + (size_t)i * 8);
}

/* If this is that call: its argument, masked, is looked at; equal to value: refused. */
static void
refuse(int call, int argument, uint32_t mask, uint32_t value, uint32_t what)
{
	load(offsetof(struct seccomp_data, nr));
	put(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 4);
	load_argument(argument);
	put(BPF_ALU | BPF_AND | BPF_K, mask, 0, 0);
	put(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
	put(BPF_RET | BPF_K, what, 0, 0);
}

int
main(int argc, char **argv)
{
	char line[200], word[20];
	long value, calls[1024], refused[64], families[64];
	size_t ncalls = 0, nrefused = 0, nfamilies = 0;
	uint32_t others = SECCOMP_RET_KILL_PROCESS;
	FILE *f = argc > 2 ? fopen(argv[1], "re") : NULL;

	if (!f) {
		fputs("usage: confine RULES PROGRAM ARGUMENTS...\n", stderr);
		return 2;
	}
	while (fgets(line, sizeof(line), f)) {
		if (sscanf(line, "umask %lo", (unsigned long *)&value) == 1) {
			umask((mode_t)value);
		} else if (sscanf(line, "%19s %ld", word, &value) != 2) {
			fprintf(stderr, "confine: %s: not a rule: %s", argv[1], line);
			return 2;
		} else if (strcmp(word, "call") == 0 && ncalls < 1024) {
			calls[ncalls++] = value;
		} else if (strcmp(word, "refused") == 0 && nrefused < 64) {
			refused[nrefused++] = value;
		} else if (strcmp(word, "family") == 0 && nfamilies < 64) {
			families[nfamilies++] = value;
		} else if (strcmp(word, "errno") == 0) {
			others = value ? SECCOMP_RET_ERRNO | (uint32_t)value : SECCOMP_RET_KILL_PROCESS;
		} else if (strcmp(word, "nofile") == 0) {
			struct rlimit l;
			if (getrlimit(RLIMIT_NOFILE, &l) == 0 && l.rlim_max > (rlim_t)value) /* never more than one has */
				l.rlim_max = (rlim_t)value;
			l.rlim_cur = l.rlim_max;
			(void)setrlimit(RLIMIT_NOFILE, &l);
		}
	}
	fclose(f);
	const uint32_t eperm = others == SECCOMP_RET_KILL_PROCESS ? others : SECCOMP_RET_ERRNO | EPERM;
	load(offsetof(struct seccomp_data, arch));
	put(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0);
	put(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS, 0, 0);
	/* MemoryDenyWriteExecute */
	refuse(SYS_mmap, 2, PROT_EXEC | PROT_WRITE, PROT_EXEC | PROT_WRITE, eperm);
	refuse(SYS_mprotect, 2, PROT_EXEC, PROT_EXEC, eperm);
	refuse(SYS_pkey_mprotect, 2, PROT_EXEC, PROT_EXEC, eperm);
	refuse(SYS_shmat, 2, SHM_EXEC, SHM_EXEC, eperm);
	/* RestrictRealtime: SCHED_FIFO, SCHED_RR and SCHED_DEADLINE */
	for (uint32_t policy = SCHED_FIFO; policy <= SCHED_RR; policy++)
		refuse(SYS_sched_setscheduler, 1, ~0u, policy, eperm);
	refuse(SYS_sched_setscheduler, 1, ~0u, 6, eperm);
	/* RestrictNamespaces: clone3 hides its flags behind a pointer; glibc then uses clone. */
	load(offsetof(struct seccomp_data, nr));
	put(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1);
	put(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS, 0, 0);
	put(BPF_JMP | BPF_JEQ | BPF_K, SYS_setns, 4, 0);
	put(BPF_JMP | BPF_JEQ | BPF_K, SYS_unshare, 1, 0);
	put(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3);
	load_argument(0);
	put(BPF_JMP | BPF_JSET | BPF_K, NAMESPACES, 0, 1);
	put(BPF_RET | BPF_K, eperm, 0, 0);
	/* RestrictAddressFamilies */
	if (nfamilies) {
		load(offsetof(struct seccomp_data, nr));
		put(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, (uint8_t)(nfamilies + 2));
		load_argument(0);
		for (size_t i = 0; i < nfamilies; i++)
			put(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)families[i], (uint8_t)(nfamilies - i), 0);
		put(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EAFNOSUPPORT, 0, 0);
	}
	load(offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < ncalls; i++) {
		put(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)calls[i], 0, 1);
		put(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
	}
	for (size_t i = 0; i < nrefused; i++) {
		put(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)refused[i], 0, 1);
		put(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM, 0, 0);
	}
	put(BPF_RET | BPF_K, others, 0, 0);
	struct sock_fprog program = { n, code };
	for (int cap = 0; cap < 64; cap++)
		(void)prctl(PR_CAPBSET_DROP, cap, 0, 0, 0);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0) {
		perror("confine: seccomp");
		return 2;
	}
	execv(argv[2], argv + 2);
	perror(argv[2]);
	return 127;
}
