# Who may use what is for moderators.

moderators-no-server = Só moderadores de um servidor podem usar isto. Não funciona em mensagens diretas.
moderators-only = Só moderadores podem usar isto. Você precisa da permissão “Gerenciar servidor”. Um administrador também pode liberar este comando para você em Configurações do servidor, Integrações.
moderators-unknown = O bot não conseguiu perguntar ao Discord quem pode usar este comando aqui. Por isso, agora só membros com a permissão “Gerenciar servidor” podem usá-lo. Tente de novo em um minuto.
moderators-busy = O bot está ocupado com outros comandos. Tente de novo em um minuto.

# /reload and problems of files, where OPERATOR_GUILD_IDS leaves the server out.
operators-only = Os arquivos de artigos pertencem à pessoa responsável pelo bot. Só moderadores dos servidores dela podem reler os arquivos e ver os problemas deles. Se um artigo estiver faltando ou errado, avise a pessoa responsável pelo bot.

server-without-bot = O bot não está neste servidor, por isso não tem moderadores aqui. Alguém com a permissão “Gerenciar servidor” precisa primeiro adicionar o bot ao servidor.
server-unknown = O bot não conseguiu perguntar ao Discord se está neste servidor. Tente de novo em um minuto.

command-from-another-version = Este comando é de outra versão do bot. Recarregue o Discord para ver os comandos atuais.
