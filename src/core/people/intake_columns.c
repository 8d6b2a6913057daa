/* intake_columns — see intake_columns.h. */
#include "core/people/intake_columns.h"

static const char *const names[INTAKE_COLUMN_COUNT] = {
    [INTAKE_NOTHING] = "",
    [INTAKE_GIVEN_NAME] = "given_name",
    [INTAKE_FAMILY_NAME] = "family_name",
    [INTAKE_FULL_NAME] = "full_name",
    [INTAKE_COMPANY] = "company_name",
    [INTAKE_NICKNAME] = "nickname",
    [INTAKE_PHONE] = "phone",
    [INTAKE_EMAIL] = "email",
    [INTAKE_REFERENCE] = "reference",
    [INTAKE_BIRTHDAY] = "birthday",
    [INTAKE_ADDRESS_1] = "address_line_1",
    [INTAKE_ADDRESS_2] = "address_line_2",
    [INTAKE_LOCALITY] = "locality",
    [INTAKE_REGION] = "region",
    [INTAKE_POSTCODE] = "postal_code",
    [INTAKE_NOTE] = "note",
    [INTAKE_POINTS] = "points",
    [INTAKE_CONSENT] = "consent",
};

static const struct table_synonyms synonyms[] = {
    {INTAKE_GIVEN_NAME, ",first name,firstname,given name,prenom,nombre de pila,forename,"},
    {INTAKE_FAMILY_NAME, ",last name,lastname,surname,family name,nom de famille,apellido,"
                         "apellidos,primer apellido,"},
    {INTAKE_FULL_NAME, ",name,nom,nombre,full name,nom complet,nombre completo,customer,"
                       "customer name,client,nom du client,nom client,cliente,nom et prenom,"
                       "prenom et nom,member,membre,partner id,"},
    {INTAKE_COMPANY, ",company name,company,societe,entreprise,raison sociale,empresa,"},
    {INTAKE_NICKNAME, ",nickname,surnom,apodo,"},
    {INTAKE_PHONE, ",phone number,phone,telephone,tel,mobile,mobile number,mobile phone,portable,"
                   "numero de telephone,numero de portable,telephone portable,telephone mobile,"
                   "gsm,cell,cell phone,cellphone,cellulaire,telefono,movil,telefono movil,"
                   "numero de telefono,partner id phone,phone no,n de telephone,"},
    {INTAKE_EMAIL, ",email address,email,e mail,mail,e mail address,adresse email,adresse e mail,"
                   "adresse mail,courriel,adresse courriel,correo,correo electronico,"
                   "partner id email,"},
    {INTAKE_REFERENCE, ",reference id,reference,ref,customer reference,customer code,customer id,"
                       "customer reference id,code client,numero client,n client,no client,"
                       "numero de client,reference client,card number,card no,numero de carte,"
                       "n de carte,code carte,codigo,codigo de cliente,referencia,"
                       "numero de tarjeta,member id,member number,id client,code,"},
    {INTAKE_BIRTHDAY, ",birthday,date of birth,birth date,birthdate,dob,anniversaire,naissance,"
                      "date de naissance,date anniversaire,cumpleanos,fecha de nacimiento,"},
    {INTAKE_ADDRESS_1, ",street address 1,address,address line 1,address 1,street,adresse,rue,"
                       "adresse 1,direccion,calle,"},
    {INTAKE_ADDRESS_2, ",street address 2,address line 2,address 2,adresse 2,complement,"
                       "complement d adresse,direccion 2,"},
    {INTAKE_LOCALITY, ",city,town,ville,commune,ciudad,localidad,"},
    {INTAKE_REGION, ",state,province,region,etat,departement,provincia,county,"},
    {INTAKE_POSTCODE, ",postal code,postcode,zip,zip code,code postal,cp,codigo postal,"},
    {INTAKE_NOTE, ",memo,note,notes,comment,comments,commentaire,commentaires,remarque,remarques,"
                  "nota,notas,comentario,comentarios,"},
    {INTAKE_POINTS,
     ",points,point,balance,point balance,points balance,current points,"
     "available points,loyalty points,loyalty balance,current balance,"
     "points balance total,solde,solde de points,solde points,points fidelite,"
     "points de fidelite,points disponibles,nombre de points,cagnotte,"
     "active stamps,stamps,tampons,puntos,saldo,saldo de puntos,puntos disponibles,"},
    {INTAKE_CONSENT, ",email subscription status,marketing consent,opt in,optin,newsletter,"
                     "accepts marketing,consentement,consentement marketing,consentimiento,"
                     "acepta marketing,sms opt in,email opt in,"},
};
enum { SYNONYM_COUNT = sizeof synonyms / sizeof synonyms[0] };

const char *
intake_column_name(enum intake_column column)
{
    ASSERT(column < INTAKE_COLUMN_COUNT);
    return names[column];
}

bool
intake_columns_have(const struct intake_columns *columns, enum intake_column column)
{
    for (int i = 0; i < columns->count; i++) {
        if (columns->at[i] == column) return true;
    }
    return false;
}

/* "Nom" beside "Prénom" is the family's, and everybody's alone otherwise. */
static void
settle_names(struct intake_columns *columns)
{
    bool is_family = intake_columns_have(columns, INTAKE_GIVEN_NAME) &&
                     !intake_columns_have(columns, INTAKE_FAMILY_NAME);

    for (int i = 0; i < columns->count && is_family; i++) {
        if (columns->at[i] == INTAKE_FULL_NAME) columns->at[i] = INTAKE_FAMILY_NAME;
    }
}

void
intake_columns_guess(struct ctx *ctx, const struct csv_row *header, struct intake_columns *columns)
{
    columns->count = 0;
    for (int i = 0; i < header->count; i++) {
        int column = INTAKE_NOTHING;
        bool is_known =
            table_find_column(ctx->arena, synonyms, SYNONYM_COUNT, header->fields[i], &column);
        bool is_free =
            column == INTAKE_NOTE || !intake_columns_have(columns, (enum intake_column)column);

        columns->at[columns->count++] =
            is_known && is_free ? (enum intake_column)column : INTAKE_NOTHING;
    }
    settle_names(columns);
}

/* False when it is none. */
static bool
find_column(struct str name, enum intake_column *column)
{
    for (int i = 0; i < INTAKE_COLUMN_COUNT; i++) {
        if (!str_is(name, str_of(names[i]))) continue;
        *column = (enum intake_column)i;
        return true;
    }
    return false;
}

static bool
is_recognising(const struct intake_columns *columns)
{
    return intake_columns_have(columns, INTAKE_PHONE) ||
           intake_columns_have(columns, INTAKE_EMAIL) ||
           intake_columns_have(columns, INTAKE_REFERENCE);
}

enum err
intake_columns_parse(struct ctx *ctx, struct str text, struct intake_columns *columns)
{
    size_t begin = 0;

    columns->count = 0;
    for (size_t i = 0; i <= text.len; i++) {
        enum intake_column column;

        if (i < text.len && text.at[i] != ',') continue;
        if (columns->count == CSV_FIELDS_MAX ||
            !find_column((struct str){text.at + begin, i - begin}, &column))
            return fail_field(ctx, ERR_FIELD_VALUE, "columns");
        bool may_repeat = column == INTAKE_NOTHING || column == INTAKE_NOTE;
        if (!may_repeat && intake_columns_have(columns, column))
            return fail_field(ctx, ERR_FIELD_VALUE, "columns");
        columns->at[columns->count++] = column;
        begin = i + 1;
    }
    return is_recognising(columns) ? OK : fail_field(ctx, ERR_FIELD_VALUE, "columns");
}

struct str
intake_columns_format(struct ctx *ctx, const struct intake_columns *columns)
{
    struct str text = STR("");

    for (int i = 0; i < columns->count; i++) {
        text = str_format(ctx->arena, "%.*s%s%s", STR_ARG(text), i > 0 ? "," : "",
                          names[columns->at[i]]);
    }
    return text;
}
