#include "app/cmd.h"
#include "text/json_out.h"

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
		struct json_out j = json_out(&b);
		json_begin_object(&j);
		for (enum conf_key k = 0; k < CONF_COUNT; k++) {
			struct buf v;
			buf_init(&v, c->arena, 128);
			conf_put_value(&v, c->conf, k);
			json_key(&j, conf_key_name(k)), json_begin_object(&j);
			json_key(&j, "valeur"), json_str(&j, buf_str(&v));
			json_key(&j, "origine"), json_str(&j, str_of(origins[conf_origin(c->conf, k)]));
			json_end(&j);
		}
		json_end(&j);
	}
	cmd_print(&b);
	return CMD_OK;
}
