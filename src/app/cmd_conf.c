#include "app/cmd.h"

int
cmd_conf(struct cmd *c)
{
	static const char *const origins[] = { [CONF_DEFAULT] = "defaut", [CONF_FILE] = "fichier", [CONF_ENVIRONMENT] = "environnement" };
	struct buf b;

	if (c->argc)
		return cmd_usage(c);
	buf_init(&b, c->arena, 8192);
	if (c->sample) {
		conf_print_sample(&b);
	} else if (!c->json) {
		conf_print(&b, c->conf);
	} else {
		buf_char(&b, '{');
		for (enum conf_key k = 0; k < CONF_COUNT; k++) {
			struct buf v;
			buf_init(&v, c->arena, 128);
			conf_put_value(&v, c->conf, k);
			cmd_json_key(&b, conf_key_name(k));
			buf_char(&b, '{');
			cmd_json_key(&b, "valeur"), cmd_json_str(&b, buf_str(&v));
			cmd_json_key(&b, "origine"), cmd_json_str(&b, str_of(origins[conf_origin(c->conf, k)]));
			buf_char(&b, '}');
		}
		buf_char(&b, '}');
	}
	cmd_print(&b);
	return CMD_OK;
}
